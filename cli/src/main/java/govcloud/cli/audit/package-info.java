/** What auditors do at the command line. */
package govcloud.cli.audit;
