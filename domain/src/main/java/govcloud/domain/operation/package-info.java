/** Long-running requests: what was asked, how far it is, and until when it must have ended. */
package govcloud.domain.operation;
