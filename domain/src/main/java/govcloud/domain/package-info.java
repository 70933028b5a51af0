/** The rules of government departments in plain Java: pure functions that know only the JDK. */
package govcloud.domain;
