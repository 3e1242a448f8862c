export { createEngine } from './engine.mts';
export type {
	Engine,
	EngineSettings,
	NodeRunInput,
	RowRunInput,
	Running,
	RunResult,
} from './engine.mts';
export type { Generation } from './credentialsHelper.mts';
export type { CredentialStore, StoredCredential } from './credentialStore.mts';
export { LEGACY_HTTP_REQUEST_TYPE } from './legacyHttpRequest.mts';
export type { NodeResult, RowResult, WorkflowResult } from './runResult.mts';
export type { TestNode } from './workflow.mts';
