/** The first page: the cloud at a glance, rendered here, live, in Chinese and English. */
package govcloud.node.page;
