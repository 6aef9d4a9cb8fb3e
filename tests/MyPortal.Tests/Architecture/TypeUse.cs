using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;

namespace MyPortal.Tests.Architecture;

/// <summary>Reads from compiled code which types and members a type uses.</summary>
internal static class TypeUse
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly Dictionary<short, OpCode> OpCodesByValue =
        typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private static readonly ConcurrentDictionary<Type, (IReadOnlySet<Type> Types, IReadOnlySet<MemberInfo> Members)> Known = [];

    /// <summary>Types used by the signatures, attributes and bodies of one type, without its nested types.</summary>
    public static IReadOnlySet<Type> Of(Type type) => Known.GetOrAdd(type, Read).Types;

    /// <summary>Methods and fields that the bodies of one type name.</summary>
    public static IReadOnlySet<MemberInfo> MembersOf(Type type) => Known.GetOrAdd(type, Read).Members;

    /// <summary>The type a person wrote: state machines and closures are nested in it.</summary>
    public static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static (IReadOnlySet<Type> Types, IReadOnlySet<MemberInfo> Members) Read(Type type)
    {
        var members = type.GetMembers(Everything);
        var methods = members.OfType<MethodBase>().ToArray();
        var named = methods.SelectMany(Named).ToHashSet();
        var types = new[] { type.BaseType }.Concat(type.GetInterfaces())
            .Concat(type.GetCustomAttributesData().Concat(members.SelectMany(member => member.GetCustomAttributesData())).SelectMany(UsedByAttribute))
            .Concat(members.OfType<FieldInfo>().Select(field => field.FieldType))
            .Concat(methods.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType))
            .Concat(methods.OfType<MethodInfo>().Select(method => method.ReturnType))
            .Concat(methods.SelectMany(method => method.GetMethodBody()?.LocalVariables ?? []).Select(local => local.LocalType))
            .Concat(named.SelectMany(TypesIn))
            .OfType<Type>().SelectMany(Unwrap).ToHashSet();
        return (types, named);
    }

    private static IEnumerable<Type> UsedByAttribute(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue))
            .Select(argument => argument.Value as Type ?? argument.ArgumentType).Append(attribute.AttributeType);

    /// <summary>Walks the instructions of a body and resolves every member token.</summary>
    private static IEnumerable<MemberInfo> Named(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        for (var i = 0; i < code.Length;)
        {
            var value = code[i++] is 0xFE ? (short)(0xFE00 | code[i++]) : code[i - 1];
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok
                && Resolve(method, BitConverter.ToInt32(code, i)) is { } member)
            {
                yield return member;
            }

            i += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }

    private static MemberInfo? Resolve(MethodBase method, int token) => method.Module.ResolveMember(
        token,
        method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null);

    private static IEnumerable<Type?> TypesIn(MemberInfo member)
    {
        yield return member as Type;
        yield return member.DeclaringType;
        if (member is MethodInfo called)
        {
            yield return called.ReturnType;
            foreach (var argument in called.GetGenericArguments())
            {
                yield return argument;
            }
        }
    }

    private static IEnumerable<Type> Unwrap(Type type) =>
        type.HasElementType ? Unwrap(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Unwrap).Append(type)
        : [type];
}
