/** Deferrals of notice, for the departments that ask for them and those who supervise that. */
package govcloud.node.deferral;
