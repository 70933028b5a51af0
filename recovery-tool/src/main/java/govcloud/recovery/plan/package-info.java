/** What a recovery would do, lose and take, before it is begun. */
package govcloud.recovery.plan;
