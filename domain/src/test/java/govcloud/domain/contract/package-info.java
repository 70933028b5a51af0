/** What every aggregate must keep to, as tests and material for tests in this and other modules. */
package govcloud.domain.contract;
