/** The catalogue of data resources as pages for everybody with an account. */
package govcloud.node.directory;
