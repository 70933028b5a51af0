/** What is left of a recovery for whoever has to believe in it: a signed report. */
package govcloud.recovery.report;
