using System.Text;

namespace RiskAnalyzers.Rules.Residue;

/// <summary>Reads the keys of a settings file: JSON with comments and trailing commas, as the host takes it. What does not parse yields what came before.</summary>
internal sealed class SettingsFile
{
    private readonly string _text;
    private readonly Action<string> _add;
    private int _at;

    private SettingsFile(string text, Action<string> add)
    {
        _text = text;
        _add = add;
    }

    /// <summary>Every key of the file, sections joined by colons, sections included.</summary>
    public static void Read(string text, Action<string> add) => new SettingsFile(text, add).Value("", depth: 0);

    private bool Value(string path, int depth)
    {
        const int Deepest = 64;
        switch (Next())
        {
            case '{' when depth < Deepest:
                return Members(path, depth);
            case '[' when depth < Deepest:
                return Items(path, depth);
            case '"':
                return Text() is not null;
            default:
                while (_at < _text.Length && _text[_at] is not (',' or '}' or ']' or '\n'))
                    _at++;
                return _at < _text.Length;
        }
    }

    private bool Members(string path, int depth)
    {
        _at++;
        while (true)
        {
            switch (Next())
            {
                case '}':
                    _at++;
                    return true;
                case ',':
                    _at++;
                    continue;
                case '"':
                    break;
                default:
                    return false;
            }
            if (Text() is not { } name || Next() != ':')
                return false;
            _at++;
            var key = path.Length == 0 ? name : path + ":" + name;
            _add(key);
            if (!Value(key, depth + 1))
                return false;
        }
    }

    private bool Items(string path, int depth)
    {
        _at++;
        for (var index = 0; ; index++)
        {
            switch (Next())
            {
                case ']':
                    _at++;
                    return true;
                case ',':
                    _at++;
                    continue;
                case '\0':
                    return false;
            }
            if (!Value(path + ":" + index, depth + 1))
                return false;
        }
    }

    private string? Text()
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '"')
            {
                _at++;
                return text.ToString();
            }
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
                _at++;
            text.Append(_text[_at]);
        }
        return null;
    }

    // The next character that is neither white space nor in a comment.
    private char Next()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (char.IsWhiteSpace(c) || c == '\uFEFF')
                _at++;
            else if (c == '/' && _at + 1 < _text.Length && _text[_at + 1] is '/' or '*')
                _at = Math.Min(_text.Length, _text[_at + 1] == '/' ? After("\n") : After("*/"));
            else
                return c;
        }
        return '\0';
    }

    private int After(string end) => _text.IndexOf(end, _at + 2, StringComparison.Ordinal) is var found and >= 0 ? found + end.Length : _text.Length;
}
