/** Values that somebody holds to be wrong, and what the department that gave them answers. */
package govcloud.domain.correction;
