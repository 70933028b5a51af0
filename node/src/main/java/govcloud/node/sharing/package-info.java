/** Data sharing: resources in the catalogue, applications and agreements, and who is late. */
package govcloud.node.sharing;
