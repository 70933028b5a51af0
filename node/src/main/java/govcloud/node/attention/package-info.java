/** What an operator has to look at, collected from all over the cloud. */
package govcloud.node.attention;
