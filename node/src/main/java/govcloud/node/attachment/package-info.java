/** Content of materials: taken in, checked, kept sealed in the cloud's archive, and handed out. */
package govcloud.node.attachment;
