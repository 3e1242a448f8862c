/**
 * Every error code that the sandbox answers, with its message. The messages are the sandbox's own:
 * Imburse's are not known. `{name}` is filled from the values of the error, as in the
 * `messageTemplate` of Imburse's error body (API reference 6, shape C, documented).
 */
export const errorMessages = {
	// Documented or observed: API reference 6, "Known error codes".
	ORDER_REF_IS_REQUIRED: 'The order reference is required.',
	ORDER_REF_LENGTH_OUT_OF_RANGE: 'The order reference must have 1 to 50 characters.',
	ORDER_REF_CONTAINS_INVALID_CHARACTERS:
		'The order reference may hold only letters, digits, hyphen, underscore and full stop.',
	INSTRUCTION_REF_IS_REQUIRED: 'The instruction reference is required.',
	INSTRUCTION_REF_LENGTH_OUT_OF_RANGE: 'The instruction reference must have 1 to 50 characters.',
	INSTRUCTION_REF_CONTAINS_INVALID_CHARACTERS:
		'The instruction reference may hold only letters, digits, hyphen, underscore and full stop.',
	CUSTOMER_REF_IS_REQUIRED: 'The customer reference is required.',
	CUSTOMER_REF_LENGTH_OUT_OF_RANGE: 'The customer reference must have 1 to 50 characters.',
	CUSTOMER_REF_CONTAINS_INVALID_CHARACTERS:
		'The customer reference may hold only letters, digits, hyphen, underscore and full stop.',
	CURRENCY_IS_REQUIRED: 'The currency is required.',
	CURRENCY_LENGTH_OUT_OF_RANGE: 'The currency must have 3 characters.',
	COUNTRY_IS_REQUIRED: 'The country is required.',
	COUNTRY_LENGTH_OUT_OF_RANGE: 'The country must have 2 characters.',
	SCHEME_ID_NOT_RECOGNISED: 'The scheme is not one of the tenant.',
	AMOUNT_IS_REQUIRED: 'The amount is required.',
	AMOUNT_OUT_OF_RANGE: 'The amount must be greater than zero.',
	TENANT_ID_IS_REQUIRED: 'The header x-tenant-id is required.',
	METADATA_KEY_SIZE_OUT_OF_RANGE: 'A metadata key must have 1 to {maxKeySize} characters.',

	// Public test suites expect them, but no run proves them: API reference 6, "Known error codes".
	ORDER_ALREADY_EXISTS: 'An order with this reference exists already.',
	ORDER_NOT_FOUND: 'Order not found.',
	AMOUNT_IS_INVALID: 'The amount must be a decimal text such as "210.00".',
	COUNTRY_NOT_SUPPORTED: 'The country must be an ISO 3166-1 alpha-2 code.',
	CURRENCY_NOT_SUPPORTED: 'The currency must be an ISO 4217 code.',
	DIRECTION_IS_REQUIRED: 'The direction is required.',
	DIRECTION_IS_NOT_RECOGNISED: 'The direction must be CREDIT or DEBIT.',
	INSTRUCTION_ALREADY_EXISTS: 'An instruction with this reference exists already.',
	INSTRUCTION_CANCELLED: 'The instruction with this reference was cancelled.',
	SCHEME_ID_NOT_SUPPORTED: 'The scheme is not for this direction.',
	SETTLED_BY_DATE_IS_INVALID: 'The settled by date must be a date as YYYY-MM-DD.',
	SETTLED_BY_DATE_IS_REQUIRED: 'The settled by date is required.',
	METADATA_VALUE_SIZE_OUT_OF_RANGE: 'A metadata value may have {maxValueSize} characters at most.',

	// Inferred: the cases are described in API reference 3 to 8, the codes follow the known pattern.
	ACCESS_TOKEN_NOT_RECOGNISED: 'The access token is missing, unknown or expired.',
	ACCOUNT_ID_IS_REQUIRED: 'The header x-account-id is required.',
	ACCOUNT_ID_NOT_RECOGNISED: 'The account is not the account of the key.',
	APP_ID_IS_REQUIRED: 'The app ID is required.',
	APP_NOT_FOUND: 'App not found.',
	BATCH_NOT_FOUND: 'Batch not found.',
	CUSTOMER_DEFAULTS_FORMAT_NOT_RECOGNISED: 'The customer defaults must be objects by customer.',
	CUSTOMER_NOT_FOUND: 'Customer not found.',
	ENDPOINT_DEPRECATED: 'This endpoint is no longer available.',
	FINANCIAL_INSTRUMENT_ID_FORMAT_NOT_RECOGNISED: 'The financial instrument must be a UUID.',
	HMAC_TOKEN_FORMAT_NOT_RECOGNISED: 'The Authorization header holds no HMAC token.',
	HMAC_TOKEN_NOT_RECOGNISED: 'The HMAC token is not valid.',
	INSTRUCTION_CANNOT_BE_CANCELLED: 'The instruction is neither INCOMPLETE nor READY.',
	INSTRUCTION_CANNOT_BE_UPDATED: 'The instruction is neither INCOMPLETE nor READY.',
	INSTRUCTION_NOT_FOUND: 'Instruction not found.',
	INSTRUCTION_REF_MISMATCH: 'The instruction reference differs from the one in the path.',
	INSTRUCTIONS_FORMAT_NOT_RECOGNISED: 'The instructions must be an array of objects.',
	INTERNAL_SERVER_ERROR: 'Something went wrong in the sandbox.',
	MATCH_TYPE_NOT_RECOGNISED: 'The match type must be Exact or Max.',
	METADATA_FORMAT_NOT_RECOGNISED: 'The metadata must be an object of texts.',
	METADATA_SIZE_OUT_OF_RANGE: 'The metadata may have {maxKeys} keys at most.',
	REASON_IS_REQUIRED: 'The reason is required.',
	REQUEST_BODY_IS_REQUIRED: 'The request has no body.',
	REQUEST_BODY_NOT_RECOGNISED: 'The request body cannot be read.',
	REWARD_CANNOT_BE_CLAIMED: 'A reward can only be claimed for a CREDIT instruction that is READY.',
	REWARD_ID_IS_REQUIRED: 'The reward is required.',
	REWARD_ID_NOT_RECOGNISED: 'The reward is not one of the scheme.',
	REWARD_TRANSACTION_NOT_FOUND: 'Reward transaction not found.',
	ROLE_NOT_PERMITTED: 'The key has no role for this endpoint.',
	TENANT_ID_NOT_RECOGNISED: 'The tenant is not the tenant of the key.',
	WEBHOOK_EVENTS_NOT_RECOGNISED: 'The events must be an array of texts.',
	WEBHOOK_NOT_FOUND: 'Webhook not found.',
	WEBHOOK_URL_IS_REQUIRED: 'The URL of the webhook is required.',
	WEBHOOK_URL_NOT_RECOGNISED: 'The URL of the webhook must be an absolute http or https URL.',
} as const;

export type ErrorCode = keyof typeof errorMessages;
