/** Commands about requests that take time. */
package govcloud.cli.operation;
