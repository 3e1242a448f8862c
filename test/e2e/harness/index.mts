export { premises, installedN8n } from './premises.mts';
export { sharedN8n, type TestN8n } from './sharedN8n.mts';
export { startImburse, newKeys, type TestImburse } from './imburse.mts';
export { payout } from './payout.mts';
export { CUSTOM_API_CALL, nodeTypes, offeredOperations } from './nodeTypes.mts';
export { noteSecrets, watchSecrets, type Secret } from './secrets.mts';
export { runOnce, until } from './runs.mts';
export {
	chain,
	imburseNode,
	imburseTrigger,
	receiver,
	START,
	withErrorOutput,
	workflowOf,
	type TestNode,
} from './workflow.mts';
