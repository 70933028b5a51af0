/** The tool and its runbook inside the archive, so that nothing of the lost site is needed. */
package govcloud.recovery.bundle;
