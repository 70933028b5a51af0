/** The audit trail at work: what is written down, by whom it is read, and what raises an alarm. */
package govcloud.node.audit;
