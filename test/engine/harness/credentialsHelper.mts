import { getAdditionalKeys } from 'n8n-core';
import {
	getCredentialOwnRequestAllowedDomains,
	ICredentialsHelper,
	isExpression,
	UserError,
} from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { CredentialStore } from './credentialStore.mts';
import { evaluateForItem, evaluateOutsideOfRuns, fillInDefaults } from './credentialFields.mts';
import { addGenericAuthentication } from './genericAuthentication.mts';
import { NO_OP_TYPE } from './noOpNode.mts';

/** Which n8n: `2` is n8n 2.41, `1` is n8n 1.123. */
export type Generation = '1' | '2';

/**
 * Model of n8n's helper for credentials, which is part of the package `n8n` and not of `n8n-core`:
 * reading, defaults, expressions, `authenticate`, and `preAuthentication` with what it saves.
 *
 * Left out, because this package uses none of it: OAuth, overwrites, external secrets, credentials
 * that depend on the user, types that extend others.
 */
export class ModelCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly types: ICredentialType[],
		private readonly store: CredentialStore,
		private readonly generation: Generation,
	) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.typeNamed(type).properties;
	}

	getCredentials(): Promise<ICredentials> {
		throw new Error('The harness has no encrypted credential to hand out');
	}

	updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('The harness knows no OAuth');
	}

	async updateCredentials(
		{ id }: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		await this.store.save(assertId(id), type, data);
	}

	/** The credential as a node sees it; with `raw`, as it is stored. */
	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		{ id }: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		item?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = await this.store.read(assertId(id), type);
		if (raw) return stored;
		return this.resolve(additionalData, stored, type, mode, executeData, item);
	}

	/** As `getDecrypted`, for data that is not (or not yet) stored. */
	resolve(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		item?: ICredentialsExpressionResolveValues,
	): ICredentialDataDecryptedObject {
		const complete = fillInDefaults(stored, this.getCredentialsProperties(type));
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		return item
			? evaluateForItem(complete, item, mode, keys, executeData)
			: evaluateOutsideOfRuns(complete, mode, keys);
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		requestOptions: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeNamed(type);
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') return authenticate(credentials, requestOptions);
		if (!workflow || !node) throw new Error('A generic authenticate needs a workflow and a node');
		return addGenericAuthentication(authenticate, credentials, requestOptions, { workflow, node });
	}

	/**
	 * Lets the credential type fetch a new token when n8n would: the expirable field is empty, the
	 * token was refused (`expired`), or the credential is being tested. Saves it as the generation
	 * does. Returns the credential with the token, or `undefined` when there is nothing new.
	 */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		expired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.typeNamed(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		)?.name;
		if (expirable === undefined || !type.preAuthentication) return undefined;
		if (credentials[expirable] !== '' && !expired && !isTestOf(node)) return undefined;

		const output = await type.preAuthentication.call(
			this.restrict(helpers, credentials),
			credentials,
		);
		if ((output as ICredentialDataDecryptedObject)[expirable] === undefined) return undefined;

		const reference = node.credentials?.[typeName];
		if (!reference) return undefined;
		await this.keep(reference, typeName, credentials, output, expirable);
		return Object.assign(credentials, output);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.typeNamed(typeName);
		const output = await preAuthentication?.call(this.restrict(helpers, credentials), credentials);
		return output as ICredentialDataDecryptedObject | undefined;
	}

	/**
	 * Saves what `preAuthentication` returned. Generation 1 writes the whole credential as it was
	 * when the run read it, with its expressions evaluated. Generation 2 reads what is stored now and
	 * changes in it only what was returned, expressions kept.
	 */
	private async keep(
		reference: INodeCredentialsDetails,
		typeName: string,
		credentials: ICredentialDataDecryptedObject,
		output: PreAuthenticationOutput,
		expirable: string,
	) {
		if (this.generation === '1') {
			await this.updateCredentials(reference, typeName, Object.assign(credentials, output));
			return;
		}
		const stored = await this.store.read(assertId(reference.id), typeName);
		const changes = Object.entries(output).filter(
			([field]) => field === expirable || !isExpression(stored[field]),
		);
		await this.updateCredentials(reference, typeName, {
			...stored,
			...Object.fromEntries(changes),
		} as ICredentialDataDecryptedObject);
	}

	/** From generation 2 on, a credential's own requests obey the domains that the user allowed. */
	private restrict(
		{ helpers }: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): IHttpRequestHelper {
		const allowedDomains =
			this.generation === '2' ? getCredentialOwnRequestAllowedDomains(credentials) : undefined;
		if (allowedDomains === undefined) return { helpers };
		return {
			helpers: {
				httpRequest: async (options: IHttpRequestOptions) => {
					if (options.allowedDomains !== undefined) {
						throw new UserError('The credential and its authentication both restrict the domains');
					}
					return helpers.httpRequest({ ...options, allowedDomains }) as Promise<unknown>;
				},
			},
		};
	}

	private typeNamed(name: string): ICredentialType {
		const type = this.types.find((candidate) => candidate.name === name);
		if (!type) throw new Error(`The engine was given no credential type "${name}"`);
		return type;
	}
}

/** What `preAuthentication` returns: the fields to be saved. */
type PreAuthenticationOutput = Awaited<
	ReturnType<NonNullable<ICredentialType['preAuthentication']>>
>;

function assertId(id: string | null): string {
	if (id === null) throw new Error('The node names a credential without an ID');
	return id;
}

/** The node that n8n makes up to test a credential. */
function isTestOf(node: INode): boolean {
	return node.type === NO_OP_TYPE && node.parameters.temp === '';
}
