/** Commands about departments. */
package govcloud.cli.tenant;
