/** What operators see of views and do with them. */
package govcloud.node.view;
