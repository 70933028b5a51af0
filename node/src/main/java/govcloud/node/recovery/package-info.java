/** Departments of a rebuilt cloud that are closed until they are proved. */
package govcloud.node.recovery;
