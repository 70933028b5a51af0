/** Operations: their lists and which of them are overdue. */
package govcloud.node.operation;
