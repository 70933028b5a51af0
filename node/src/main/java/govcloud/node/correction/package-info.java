/** Requests for corrections: who asks, who answers, and who looks after that. */
package govcloud.node.correction;
