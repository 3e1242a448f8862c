import type { Route } from '../route.mts';
import { identityRoutes } from './identity.mts';
import { orderManagementRoutes } from './order-management.mts';

/** Every endpoint that the sandbox carries. Any other path answers 404. */
export const routes: readonly Route[] = [...identityRoutes, ...orderManagementRoutes];
