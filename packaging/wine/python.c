/* python.exe: wine runs the interpreter's library, but the wheel that brings it has no program that starts it */
#include <wchar.h>

int Py_Main(int, wchar_t **);

int wmain(int count, wchar_t **words)
{
    return Py_Main(count, words);
}
