/** Commands about the catalogue and rented apps. */
package govcloud.cli.app;
