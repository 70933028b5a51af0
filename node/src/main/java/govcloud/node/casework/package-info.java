/** Cases: worklists, counts and what is late. */
package govcloud.node.casework;
