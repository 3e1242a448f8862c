import type { Route } from '../route.mts';
import { batchRoutes } from './batch.mts';
import { catalogRoutes } from './catalog.mts';
import { customerVaultRoutes } from './customerVault.mts';
import { identityRoutes } from './identity.mts';
import { marketplaceRoutes } from './marketplace.mts';
import { orderManagementRoutes } from './orderManagement.mts';
import { rewardRoutes } from './rewards.mts';
import { schemeRoutes } from './schemes.mts';
import { tenantRoutes } from './tenant.mts';
import { webhookRoutes } from './webhooks.mts';

/** Every endpoint that the sandbox carries. Any other path answers 404. */
export const routes: readonly Route[] = [
	...identityRoutes,
	...orderManagementRoutes,
	...rewardRoutes,
	...customerVaultRoutes,
	...schemeRoutes,
	...catalogRoutes,
	...marketplaceRoutes,
	...batchRoutes,
	...tenantRoutes,
	...webhookRoutes,
];
