export { createEngine } from './engine.mts';
export type {
	Engine,
	EngineSettings,
	NodeRunInput,
	RowRunInput,
	RunResult,
	ToolRunInput,
	ToolRunResult,
	WebhookInput,
} from './engine.mts';
export type { ToolAnswer } from './agentNode.mts';
export type { Generation } from './credentialsHelper.mts';
export type { CredentialStore, StoredCredential } from './credentialStore.mts';
export { LEGACY_HTTP_REQUEST_TYPE } from './legacyHttpRequest.mts';
export { startLocalServer } from './localServer.mts';
export type { Answer, LocalServer, ReceivedRequest, Respond } from './localServer.mts';
export type { NodeResult, RowResult, Running, WorkflowResult } from './runResult.mts';
export type { TestNode } from './workflow.mts';
export type { Delivery, Webhook } from './webhook.mts';
