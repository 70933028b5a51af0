/** Whether a query may pass: agreement, case, fields and policy, in this order. */
package govcloud.exchange.gate;
