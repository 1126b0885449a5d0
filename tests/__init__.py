"""What every test stands on (settings, throwaway servers, the worker), and the tests of the whole house."""
