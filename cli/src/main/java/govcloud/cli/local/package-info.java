/** A whole cloud on this machine: started, watched, stopped. */
package govcloud.cli.local;
