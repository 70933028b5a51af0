/** Policies of agreements: written in CEL, always ending, the same verdict everywhere. */
package govcloud.exchange.policy;
