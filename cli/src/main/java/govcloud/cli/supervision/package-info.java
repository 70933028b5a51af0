/** What supervisors see of exchanges. */
package govcloud.cli.supervision;
