/** Commands about who comes in: login, logout, whoami, accounts. */
package govcloud.cli.account;
