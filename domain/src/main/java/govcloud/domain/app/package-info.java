/** Apps that departments rent: application, approval, provisioning, running life and numbering. */
package govcloud.domain.app;
