/** Investigations of which the person concerned is told later: asked for by one, allowed by two. */
package govcloud.domain.deferral;
