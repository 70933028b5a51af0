/** Accounts at work: sign-in, sessions, who may ask for what, and the first accounts of a cloud. */
package govcloud.node.identity;
