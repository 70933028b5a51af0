/** Reads the apps that departments can rent from files, and refuses them whole if one is wrong. */
package govcloud.node.catalogue;
