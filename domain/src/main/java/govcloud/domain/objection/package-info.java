/** What people say against a look at their data, and what the department answers. */
package govcloud.domain.objection;
