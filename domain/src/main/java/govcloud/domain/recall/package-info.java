/** Records that turned out to be wrong, and that everyone who received them knows. */
package govcloud.domain.recall;
