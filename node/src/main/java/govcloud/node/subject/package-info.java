/** People whose data departments have: legal holds, and erasures that two people sign. */
package govcloud.node.subject;
