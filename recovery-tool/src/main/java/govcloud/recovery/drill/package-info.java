/** Rehearsals: a place of their own that is always left clean, and what a restored cloud can do. */
package govcloud.recovery.drill;
