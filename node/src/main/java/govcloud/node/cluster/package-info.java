/** How nodes find each other, what each of them hosts, and how one of them leaves unnoticed. */
package govcloud.node.cluster;
