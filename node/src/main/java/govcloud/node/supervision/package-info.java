/**
 * What supervisors see of exchanges: who shares what with whom, what is refused, what is unusual.
 */
package govcloud.node.supervision;
