/** State of a module of the project. */
export const visits = { count: 0 };
