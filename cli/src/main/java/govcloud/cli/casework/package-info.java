/** Commands about cases. */
package govcloud.cli.casework;
