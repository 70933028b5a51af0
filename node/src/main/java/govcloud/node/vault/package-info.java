/** Personal data, sealed with a key of the person that can be destroyed. */
package govcloud.node.vault;
