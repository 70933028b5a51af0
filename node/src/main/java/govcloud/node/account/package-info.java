/** The list of accounts, without their secrets. */
package govcloud.node.account;
