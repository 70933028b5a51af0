/** The audit trail: who did or was not let do what, written down once and never changed. */
package govcloud.domain.audit;
