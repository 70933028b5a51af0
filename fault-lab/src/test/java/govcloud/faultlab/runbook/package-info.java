/** Runbooks typed as they stand. */
package govcloud.faultlab.runbook;
