export { testEnvironment, installedN8n } from './environment.mts';
export { sharedN8n, type TestN8n } from './sharedN8n.mts';
export {
	importExample,
	isN8n1,
	withAssignments,
	withParameters,
	withPinned,
	type ImportedExample,
} from './examples.mts';
export { startImburse, newKeys, type TestImburse } from './imburse.mts';
export { payout } from './payout.mts';
export { CUSTOM_API_CALL, nodeTypes, offeredOperations } from './nodeTypes.mts';
export { recordSecrets, collectSecrets, type Secret } from './secrets.mts';
export { runOnce, waitUntil } from './waiting.mts';
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
