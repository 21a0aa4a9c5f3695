/* What Qt asks of Windows about colour profiles, and wine 8 lacks: there is none */
#define NOTHING(name) __declspec(dllexport) long long name(void) { return 0; }

NOTHING(WcsCreateIccProfile)
NOTHING(CloseColorProfile)
NOTHING(GetColorProfileFromHandle)
NOTHING(OpenColorProfileW)
