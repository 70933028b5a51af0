/** Departments: their list and its pages. */
package govcloud.node.tenant;
